// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.value.YamlException;
import io.apiserver4j.value.YamlReader;
import java.util.List;

/**
 * A body in JSON or YAML, read without knowing its kind.
 *
 * @param duplicates names that came more than once in JSON
 * @param yamlDuplicates the same of YAML, as lines of a message
 */
record Document(Value value, List<ValuePath> duplicates, List<String> yamlDuplicates) {
    static Document read(byte[] body, MediaType type) {
        if (type == MediaType.YAML) {
            try {
                YamlReader.Result result = YamlReader.readWithFindings(body);
                return new Document(result.value(), List.of(), result.duplicates());
            } catch (YamlException e) {
                throw new DecodeException(e.getMessage());
            }
        }
        try {
            JsonReader.Result result = JsonReader.readWithFindings(body);
            return new Document(result.value(), result.duplicates(), List.of());
        } catch (JsonSyntaxException e) {
            throw new DecodeException("couldn't get version/kind; json parse error: " + e.getMessage());
        }
    }

    /** The document as an object; null reads as the empty one. */
    ObjectValue object() {
        ObjectValue object = value.asObject();
        return object == null ? ObjectValue.EMPTY : object;
    }
}
