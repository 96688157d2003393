/* Loads the C libraries that Vocero links and calls none of them: no program that links them can start sooner. */
int main(void) { return 0; }
