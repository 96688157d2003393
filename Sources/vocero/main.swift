print("vocero")
