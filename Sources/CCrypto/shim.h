#ifndef VOCERO_CCrypto_SHIM_H
#define VOCERO_CCrypto_SHIM_H
#include <openssl/evp.h>
#endif
