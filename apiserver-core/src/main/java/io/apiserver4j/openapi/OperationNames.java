// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

/** Names of operations and tags, by the rules of kube-apiserver: generated clients have their methods from them. */
final class OperationNames {
    private OperationNames() {}

    /**
     * The id of an operation.
     *
     * @param prefix the verb that it begins with
     * @param group the API group, empty for the core
     * @param rest what follows group and version
     */
    static String id(String prefix, String group, String version, String rest) {
        return prefix + word(trimmed(group), true) + word(version, true) + word(rest, true);
    }

    /** The tag of a group version. */
    static String tag(String group, String version) {
        return word(trimmed(group), false) + "_" + word(version, false);
    }

    /** The tag of a group. */
    static String tag(String group) {
        return word(trimmed(group), false);
    }

    static String trimmed(String group) {
        if (group.isEmpty()) {
            return "core";
        }
        return group.endsWith(".k8s.io") ? group.substring(0, group.length() - ".k8s.io".length()) : group;
    }

    /** Letters and digits of a text, with a capital behind everything that is left out. */
    static String word(String text, boolean capitalFirst) {
        StringBuilder out = new StringBuilder(text.length());
        boolean capital = capitalFirst;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetter(c) || c == '_' || i != 0 && Character.isDigit(c)) {
                out.append(capital ? Character.toUpperCase(c) : c);
                capital = false;
            } else {
                capital = true;
            }
        }
        return out.toString();
    }

    /** A word with its first letter large. */
    static String title(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
