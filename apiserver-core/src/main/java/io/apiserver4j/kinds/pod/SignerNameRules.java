// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.function.Function;

/** The rules of names of signers: a domain, a slash, and a path of parts with dots between. */
public final class SignerNameRules {
    private static final int DOMAIN_BYTES = 253;
    private static final int PATH_BYTES = 253 + 63 + 1;

    private SignerNameRules() {}

    /** Checks the name of a signer at a path. */
    public static void check(String name, ValuePath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        String[] parts = name.split("/", -1);
        if (parts.length != 2) {
            errors.invalid(
                    path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        if (GoText.byteLength(parts[0]) > DOMAIN_BYTES) {
            errors.tooLong(path, DOMAIN_BYTES);
        }
        labels(parts[0], NameRules::dns1123Label, path, errors);
        if (parts[0].indexOf('.') < 0) {
            errors.invalid(path, parts[0], "should be a domain with at least two segments separated by dots");
        }
        labels(parts[1], NameRules::dns1123Subdomain, path, errors);
        if (GoText.byteLength(name) > DOMAIN_BYTES + PATH_BYTES + 1) {
            errors.tooLong(path, DOMAIN_BYTES + PATH_BYTES + 1);
        }
    }

    /** Tells of the first part that is none. */
    private static void labels(String text, Function<String, List<String>> rule, ValuePath path, FieldErrors errors) {
        for (String label : text.split("\\.", -1)) {
            List<String> problems = rule.apply(label);
            for (String problem : problems) {
                errors.invalid(path, text, "validating label " + GoText.quote(label) + ": " + problem);
            }
            if (!problems.isEmpty()) {
                return;
            }
        }
    }
}
