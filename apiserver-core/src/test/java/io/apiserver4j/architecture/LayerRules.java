// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules about who may name whom, over the text of sources. Each finding is one sentence that says what to do. */
final class LayerRules {
    private static final String CORE = "apiserver-core";
    private static final List<String> FREE_TO_ALL =
            List.of("java.", "javax.", "jdk.", "org.jspecify.", "org.slf4j.", "com.google.errorprone.annotations.");
    /** Modules that stand on http and may name its package. */
    private static final Set<String> ON_HTTP =
            Set.of("apiserver-junit", "apiserver-launcher", "examples", "benchmarks");
    /** Modules that stand on everything. */
    private static final Set<String> ON_ALL = Set.of("apiserver-launcher", "examples", "benchmarks");

    private final ArchitecturePage page;

    LayerRules(ArchitecturePage page) {
        this.page = page;
    }

    /** Every package has its place: in the ordered list, or as a module's own. */
    List<String> homes(List<SourceFile> sources) {
        List<String> findings = new ArrayList<>();
        for (SourceFile source : sources) {
            if (!hasHome(source)) {
                findings.add(source.name() + ": package '" + source.packageName() + "' of " + source.module()
                        + " has no place in ARCHITECTURE.md");
            }
        }
        return findings;
    }

    /** Core imports only upwards in the list; the other modules only what their row allows. */
    List<String> order(List<SourceFile> sources) {
        List<String> findings = new ArrayList<>();
        for (SourceFile source : sources) {
            for (String named : Set.copyOf(source.namedPackages())) {
                String reason = hasHome(source) ? objection(source, named) : null;
                if (reason != null) {
                    findings.add(source.name() + ": names io.apiserver4j." + named + ", " + reason);
                }
            }
        }
        return findings.stream().sorted().toList();
    }

    /** A library is named only by those its row allows, and none is named that has no row. */
    List<String> libraries(List<SourceFile> sources) {
        List<String> findings = new ArrayList<>();
        for (SourceFile source : sources) {
            for (String imported : source.imports()) {
                if (!imported.startsWith("io.apiserver4j.")
                        && FREE_TO_ALL.stream().noneMatch(imported::startsWith)
                        && page.libraries().stream().noneMatch(library -> library.has(imported))) {
                    findings.add(
                            source.name() + ": imports " + imported + ", which no row of the library table allows");
                }
            }
            for (ArchitecturePage.Library library : page.libraries()) {
                if (!library.free()
                        && !library.places().contains(source.place())
                        && library.prefixes().stream().anyMatch(source::namesPackage)) {
                    findings.add(
                            source.name() + ": names " + library.name() + ", which only " + library.places() + " may");
                }
            }
        }
        return findings;
    }

    private boolean hasHome(SourceFile source) {
        if (source.module().equals(CORE)) {
            return page.packages().contains(source.place());
        }
        ArchitecturePage.Module module = page.modules().get(source.module());
        return module != null && module.packageName().equals(source.place());
    }

    private String objection(SourceFile source, String named) {
        String place = named.contains(".") ? named.substring(0, named.indexOf('.')) : named;
        if (place.equals(source.place())) {
            return null;
        }
        int theirs = page.packages().indexOf(place);
        if (theirs < 0) {
            return otherModule(source, place);
        }
        if (source.module().equals(CORE)) {
            return theirs < page.packages().indexOf(source.place()) ? null : "which stands below it in the list";
        }
        Set<String> may = page.modules().get(source.module()).mayImport();
        // A whole place allows its sub-packages; an API sub-package is allowed by its own name.
        boolean allowed = may.contains(named) || may.contains(place) && !internalPart(named, may);
        return allowed ? null : "which its row in the table of modules does not allow";
    }

    /** Whether this is a sub-package that the API list leaves out, asked for by someone who may use the API only. */
    private boolean internalPart(String named, Set<String> may) {
        return named.contains(".") && may.equals(page.api());
    }

    private String otherModule(SourceFile source, String place) {
        boolean known = page.modules().values().stream()
                .anyMatch(module -> module.packageName().equals(place));
        if (!known) {
            return "which has no place in ARCHITECTURE.md";
        }
        boolean allowed = place.equals("http") && ON_HTTP.contains(source.module()) || ON_ALL.contains(source.module());
        return allowed ? null : "which is another module's";
    }
}
