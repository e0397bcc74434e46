// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.certificates;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.function.Function;

/** Names of signers: a domain and a path, {@code example.com/signer-name}. */
final class SignerNames {
    private static final int MAX_DOMAIN = 253;
    private static final int MAX_NAME = MAX_DOMAIN + 1 + 253 + 1 + 63;

    private SignerNames() {}

    static void check(String name, ValuePath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        int slash = name.indexOf('/');
        if (slash < 0 || slash != name.lastIndexOf('/')) {
            errors.invalid(
                    path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        String domain = name.substring(0, slash);
        if (GoText.byteLength(domain) > MAX_DOMAIN) {
            errors.tooLong(path, MAX_DOMAIN);
        }
        labels(domain, NameRules::dns1123Label, path, errors);
        if (domain.indexOf('.') < 0) {
            errors.invalid(path, domain, "should be a domain with at least two segments separated by dots");
        }
        labels(name.substring(slash + 1), NameRules::dns1123Subdomain, path, errors);
        if (GoText.byteLength(name) > MAX_NAME) {
            errors.tooLong(path, MAX_NAME);
        }
    }

    /** The first label that breaks the rule is told. */
    private static void labels(
            String segment, Function<String, List<String>> rule, ValuePath path, FieldErrors errors) {
        for (String label : segment.split("\\.", -1)) {
            List<String> problems = rule.apply(label);
            for (String problem : problems) {
                errors.invalid(path, segment, "validating label " + GoText.quote(label) + ": " + problem);
            }
            if (!problems.isEmpty()) {
                return;
            }
        }
    }

    /** True for signers of Kubernetes itself. */
    static boolean isKubernetes(String name) {
        int slash = name.indexOf('/');
        String domain = slash < 0 ? name : name.substring(0, slash);
        return domain.equals("kubernetes.io") || domain.endsWith(".kubernetes.io");
    }
}
