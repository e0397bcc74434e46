// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.admission.plugin.PluginConfiguration;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.YamlException;
import io.apiserver4j.value.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file of --admission-control-config-file: for each plugin a document, or the file where that stands. */
final class AdmissionConfigFile {
    private static final Set<String> VERSIONS = Set.of("apiserver.config.k8s.io/v1", "apiserver.k8s.io/v1alpha1");

    private static final String FAILED = "failed to initialize admission: ";

    private AdmissionConfigFile() {}

    /**
     * The documents by name of plugin; none where there is no file. Refused where the plugins that are switched on could
     * not follow them.
     */
    static Map<String, ObjectValue> read(@Nullable Path file, Set<String> enabled) throws Refusal {
        Map<String, ObjectValue> documents = file == null ? Map.of() : documents(file);
        try {
            PluginConfiguration.read(documents, enabled);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(FAILED + e.getMessage());
        }
        return documents;
    }

    private static Map<String, ObjectValue> documents(Path file) throws Refusal {
        ObjectValue document;
        try {
            document = document(SystemErrors.read(file), file);
        } catch (Refusal e) {
            throw Refusal.of(
                    FAILED + "failed to read plugin config: unable to read admission control configuration from "
                            + GoText.quote(file.toString()) + " [" + e.reason() + "]");
        }
        String apiVersion = document.stringOrEmpty("apiVersion");
        String kind = document.stringOrEmpty("kind");
        if (!VERSIONS.contains(apiVersion) || !kind.equals("AdmissionConfiguration")) {
            throw Refusal.of(FAILED + "failed to read plugin config: no kind " + GoText.quote(kind)
                    + " is registered for version " + GoText.quote(apiVersion) + " in scheme");
        }
        Map<String, ObjectValue> out = new HashMap<>();
        for (ObjectValue plugin : document.arrayOrEmpty("plugins").objects()) {
            String name = plugin.stringOrEmpty("name");
            String path = plugin.stringOrEmpty("path");
            ObjectValue given = plugin.getObject("configuration");
            if (given != null) {
                out.put(name, given);
            } else if (!path.isEmpty()) {
                Path named = file.toAbsolutePath().resolveSibling(path);
                out.put(name, document(SystemErrors.read(named), named));
            }
        }
        return out;
    }

    private static ObjectValue document(String text, Path file) throws Refusal {
        Value value;
        try {
            value = YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (YamlException e) {
            throw Refusal.of(file + ": " + e.getMessage());
        }
        ObjectValue document = value.asObject();
        return document == null ? ObjectValue.EMPTY : document;
    }
}
