// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.resource.CustomForm;
import io.apiserver4j.resource.ScalePaths;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One version of a custom kind; its schema is compiled when the version is first used. */
final class CustomVersion implements CustomForm {
    private final ObjectValue version;
    private final @Nullable ScalePaths scale;
    private final Set<String> subresources;
    private volatile @Nullable StructuralSchema structure;
    private volatile @Nullable Schema shape;
    private volatile @Nullable ExpressionRules expressions;

    /** A version as {@code spec.versions} of a definition has it. */
    CustomVersion(ObjectValue version) {
        this.version = version;
        ObjectValue given = version.objectOrEmpty("subresources");
        ObjectValue paths = given.getObject("scale");
        scale = paths == null
                ? null
                : ScalePaths.of(
                        paths.stringOrEmpty("specReplicasPath"),
                        paths.stringOrEmpty("statusReplicasPath"),
                        paths.stringOrEmpty("labelSelectorPath"));
        Set<String> names = new LinkedHashSet<>();
        if (given.getObject("status") != null) {
            names.add("status");
        }
        if (paths != null) {
            names.add("scale");
        }
        subresources = names;
    }

    /** The schema for walks over objects. */
    StructuralSchema structure() {
        StructuralSchema known = structure;
        if (known == null) {
            known = StructuralSchema.of(document());
            structure = known;
        }
        return known;
    }

    /** The schema's expressions, or null where there are none; compiled with the first object that is checked. */
    @Nullable
    ExpressionRules expressions() {
        ExpressionRules known = expressions;
        if (known == null && structure().expressions) {
            known = ExpressionRules.of(document(), true);
            expressions = known;
        }
        return known;
    }

    /** The shape for ownership. */
    Schema shape() {
        Schema known = shape;
        if (known == null) {
            known = CustomShapes.object(structure());
            shape = known;
        }
        return known;
    }

    @Override
    public ObjectValue document() {
        return version.objectOrEmpty("schema").objectOrEmpty("openAPIV3Schema");
    }

    @Override
    public ArrayValue columns() {
        return version.arrayOrEmpty("additionalPrinterColumns");
    }

    @Override
    public @Nullable ScalePaths scale() {
        return scale;
    }

    @Override
    public Set<String> subresources() {
        return subresources;
    }

    /** True where the version has a status subresource. */
    boolean hasStatus() {
        return subresources.contains("status");
    }

    @Override
    public ObjectValue read(ObjectValue object, DecodeFindings findings) {
        StructuralSchema schema = structure();
        ObjectValue read = MetadataReading.read(object, ValuePath.ROOT, findings);
        read = Pruning.prune(read, schema, findings);
        ObjectValue inner = EmbeddedObjects.read(schema, read, true, ValuePath.ROOT, findings)
                .asObject();
        return Filling.fill(inner == null ? read : inner, schema);
    }

    /** An object of another version as this one has it: without what the schema does not know. */
    ObjectValue converted(ObjectValue object, String apiVersion) {
        return Pruning.prune(object.with("apiVersion", apiVersion), structure(), new DecodeFindings());
    }

    /** A stored object with the defaults that came later. */
    ObjectValue filled(ObjectValue object) {
        return SortedTree.of(Filling.fill(object, structure()));
    }
}
