// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.resource.OwnKind;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Compiles kinds that are declared in Java to definitions. */
public final class OwnKinds {
    private OwnKinds() {}

    /** The definition of a kind. */
    public static ResourceDefinition definition(OwnKind kind) {
        ResourceDefinition compiled = CustomDefinitions.compile(kind.asDefinition(), () -> false, null);
        if (compiled == null) {
            throw new IllegalArgumentException(kind.kind() + " serves nothing");
        }
        List<VersionDefinition> versions = new ArrayList<>();
        for (VersionDefinition version : compiled.versions()) {
            for (OwnKind.Version declared : kind.versions()) {
                if (declared.name().equals(version.version())) {
                    versions.add(converted(version, declared));
                }
            }
        }
        ResourceDefinition out = compiled.withVersions(versions);
        return kind.strategy() == Strategy.NONE
                ? out
                : out.withStrategy(new OwnStrategy(compiled.strategy(), kind.strategy()));
    }

    private static VersionDefinition converted(VersionDefinition version, OwnKind.Version declared) {
        UnaryOperator<ObjectValue> to = declared.toStored();
        UnaryOperator<ObjectValue> from = declared.fromStored();
        if (to == null || from == null || version.identity()) {
            return version;
        }
        UnaryOperator<ObjectValue> renameTo = version.toStorage();
        UnaryOperator<ObjectValue> renameFrom = version.fromStorage();
        return new VersionDefinition(
                version.kind(),
                version.schemaSource(),
                object -> renameTo.apply(to.apply(object)),
                object -> renameFrom.apply(from.apply(object)),
                false,
                version.deprecation(),
                version.form());
    }
}
