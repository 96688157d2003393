#ifndef VOCERO_CPostgres_SHIM_H
#define VOCERO_CPostgres_SHIM_H
#include <libpq-fe.h>
#endif
