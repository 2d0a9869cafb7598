// A strict JSON reader for bundle lines: simdjson's DOM parser behind plain C.
//
// The DOM parser is used, not on-demand, because on-demand does not validate what it skips.
// What RFC 8259 leaves to the reader is refused here too: equal keys in one object, numbers that
// are not integers within +-(2^53 - 1) (RFC 7493, I-JSON), and U+0000 in text.
#ifndef SLUSS_CSIMDJSON_H
#define SLUSS_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    SLUSS_JSON_NULL = 0,
    SLUSS_JSON_FALSE = 1,
    SLUSS_JSON_TRUE = 2,
    SLUSS_JSON_INTEGER = 3,
    SLUSS_JSON_TEXT = 4,
    SLUSS_JSON_LIST = 5,
    SLUSS_JSON_STRUCTURE = 6,
};

enum {
    SLUSS_JSON_OK = 0,
    SLUSS_JSON_MALFORMED = 1,
    SLUSS_JSON_TOO_DEEP = 2,
    SLUSS_JSON_DUPLICATE_KEY = 3,
    SLUSS_JSON_NUMBER = 4,
    SLUSS_JSON_NUL_IN_TEXT = 5,
    SLUSS_JSON_NO_MEMORY = 6,
};

// One value in preorder. A structure of n members is followed by n pairs of a text node (the key)
// and the value's nodes; a list of n by its n values' nodes.
typedef struct {
    uint32_t kind;
    uint32_t count;       // members of a structure or list; bytes of a text
    int64_t integer;      // an integer's value
    const char *text;     // a text's UTF-8 bytes, valid until the next parse; not NUL-terminated
} sluss_json_node;

typedef struct sluss_json_parser sluss_json_parser;

sluss_json_parser *sluss_json_parser_new(size_t depth_max);
void sluss_json_parser_free(sluss_json_parser *parser);

// Parses one JSON text. On SLUSS_JSON_OK, *nodes and *node_count describe it until the next call.
int sluss_json_parse(sluss_json_parser *parser, const uint8_t *bytes, size_t length,
                     const sluss_json_node **nodes, size_t *node_count);

#ifdef __cplusplus
}
#endif
#endif
