#ifndef VOCERO_CPostgres_SHIM_H
#define VOCERO_CPostgres_SHIM_H
#include <libpq-fe.h>

static void vocero_drop_notice(void *context, const char *message) { (void)context; (void)message; }

/* PQsetNoticeProcessor with a processor that drops what it gets: libpq would print it to stderr. */
static inline void vocero_drop_notices(PGconn *connection) {
    PQsetNoticeProcessor(connection, vocero_drop_notice, 0);
}
#endif
