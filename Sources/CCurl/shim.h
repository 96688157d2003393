#ifndef VOCERO_CCurl_SHIM_H
#define VOCERO_CCurl_SHIM_H
#include <curl/curl.h>
#endif
