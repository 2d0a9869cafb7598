#include "CSimdJSON.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace dom = simdjson::dom;

// RFC 7493 (I-JSON) section 2.2: integers that every reader keeps exactly.
static constexpr int64_t INTEGER_MAX = 9007199254740991;

struct sluss_json_parser {
    dom::parser parser;
    size_t depth_max;
    std::vector<sluss_json_node> nodes;
};

static int append_text(sluss_json_parser &p, std::string_view text) {
    if (std::memchr(text.data(), 0, text.size()) != nullptr) return SLUSS_JSON_NUL_IN_TEXT;
    p.nodes.push_back({SLUSS_JSON_TEXT, static_cast<uint32_t>(text.size()), 0, text.data()});
    return SLUSS_JSON_OK;
}

static bool has_duplicate_key(dom::object object, size_t count) {
    if (count < 2) return false;
    std::vector<std::string_view> keys;
    keys.reserve(count);
    for (auto field : object) keys.push_back(field.key);
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

// Recursion is bounded by depth_max, which the parser has already held the text to.
static int append_value(sluss_json_parser &p, dom::element element) {
    switch (element.type()) {
    case dom::element_type::NULL_VALUE:
        p.nodes.push_back({SLUSS_JSON_NULL, 0, 0, nullptr});
        return SLUSS_JSON_OK;
    case dom::element_type::BOOL:
        p.nodes.push_back({bool(element) ? uint32_t(SLUSS_JSON_TRUE) : uint32_t(SLUSS_JSON_FALSE), 0,
                           0, nullptr});
        return SLUSS_JSON_OK;
    case dom::element_type::INT64: {
        int64_t value = int64_t(element);
        if (value > INTEGER_MAX || value < -INTEGER_MAX) return SLUSS_JSON_NUMBER;
        p.nodes.push_back({SLUSS_JSON_INTEGER, 0, value, nullptr});
        return SLUSS_JSON_OK;
    }
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE:
        return SLUSS_JSON_NUMBER;
    case dom::element_type::STRING:
        return append_text(p, std::string_view(element));
    case dom::element_type::ARRAY: {
        size_t at = p.nodes.size();
        p.nodes.push_back({SLUSS_JSON_LIST, 0, 0, nullptr});
        uint32_t count = 0;
        for (dom::element child : dom::array(element)) {
            if (int failure = append_value(p, child)) return failure;
            count++;
        }
        p.nodes[at].count = count;
        return SLUSS_JSON_OK;
    }
    case dom::element_type::OBJECT: {
        size_t at = p.nodes.size();
        dom::object object(element);
        p.nodes.push_back({SLUSS_JSON_STRUCTURE, 0, 0, nullptr});
        uint32_t count = 0;
        for (auto field : object) {
            if (int failure = append_text(p, field.key)) return failure;
            if (int failure = append_value(p, field.value)) return failure;
            count++;
        }
        if (has_duplicate_key(object, count)) return SLUSS_JSON_DUPLICATE_KEY;
        p.nodes[at].count = count;
        return SLUSS_JSON_OK;
    }
    }
    return SLUSS_JSON_MALFORMED;
}

extern "C" sluss_json_parser *sluss_json_parser_new(size_t depth_max) {
    auto *p = new (std::nothrow) sluss_json_parser();
    if (p) p->depth_max = depth_max;
    return p;
}

extern "C" void sluss_json_parser_free(sluss_json_parser *parser) { delete parser; }

extern "C" int sluss_json_parse(sluss_json_parser *parser, const uint8_t *bytes, size_t length,
                                const sluss_json_node **nodes, size_t *node_count) {
    parser->nodes.clear();
    try {
        if (parser->parser.capacity() < length || parser->parser.max_depth() != parser->depth_max) {
            size_t capacity = std::max<size_t>(length, 4096);
            if (parser->parser.allocate(capacity, parser->depth_max) != simdjson::SUCCESS)
                return SLUSS_JSON_NO_MEMORY;
        }
        dom::element root;
        auto error = parser->parser.parse(bytes, length, true).get(root);
        if (error == simdjson::DEPTH_ERROR) return SLUSS_JSON_TOO_DEEP;
        if (error == simdjson::MEMALLOC || error == simdjson::CAPACITY) return SLUSS_JSON_NO_MEMORY;
        if (error == simdjson::NUMBER_ERROR || error == simdjson::NUMBER_OUT_OF_RANGE)
            return SLUSS_JSON_NUMBER;
        if (error) return SLUSS_JSON_MALFORMED;
        if (int failure = append_value(*parser, root)) return failure;
    } catch (const std::bad_alloc &) {
        return SLUSS_JSON_NO_MEMORY;
    }
    *nodes = parser->nodes.data();
    *node_count = parser->nodes.size();
    return SLUSS_JSON_OK;
}
