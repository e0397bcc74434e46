// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON patch document as it was sent, before anybody looked at its form.
 *
 * @param value the document
 * @param duplicates addresses of names that came more than once, in reading order
 */
public record PatchBody(Value value, List<ValuePath> duplicates) {
    /** Reads a body; 400 where it is no JSON document. */
    public static PatchBody read(byte[] body) {
        try {
            JsonReader.Result result = JsonReader.readWithFindings(body);
            return new PatchBody(result.value(), result.duplicates());
        } catch (JsonSyntaxException e) {
            String message = String.valueOf(e.getMessage());
            // a number that no float64 holds is JSON all the same; Go refuses it one step later, in other words
            throw PatchErrors.bad(
                    message.startsWith("json: cannot unmarshal")
                            ? "error decoding patch: " + message
                            : "invalid JSON patch");
        }
    }

    /** The findings of a strict reader: duplicate names. */
    List<String> duplicateFindings(String prefix) {
        List<String> findings = new ArrayList<>(duplicates.size());
        for (ValuePath path : duplicates) {
            findings.add(prefix + "duplicate field \"" + path + "\"");
        }
        return findings;
    }
}
