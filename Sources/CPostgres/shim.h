#ifndef VOCERO_CPostgres_SHIM_H
#define VOCERO_CPostgres_SHIM_H
#include <libpq-fe.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* PG_DIAG_*: character macros, which Swift does not take for int. */
static inline const char *pq_error_sqlstate(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_SQLSTATE); }
static inline const char *pq_error_message(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY); }
static inline const char *pq_error_detail(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL); }
static inline const char *pq_error_hint(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_MESSAGE_HINT); }
static inline const char *pq_error_constraint(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME); }

/* eventfd(2): what wakes a thread that waits for the server. */
static inline int pq_wake_make(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
static inline void pq_wake_free(int descriptor) { close(descriptor); }
static inline void pq_wake_raise(int descriptor) {
    uint64_t one = 1;
    ssize_t written = write(descriptor, &one, sizeof one);
    (void)written; /* EAGAIN: it is raised already */
}
static inline void pq_wake_lower(int descriptor) {
    uint64_t count;
    ssize_t got = read(descriptor, &count, sizeof count);
    (void)got; /* EAGAIN: it was not raised */
}
#endif
