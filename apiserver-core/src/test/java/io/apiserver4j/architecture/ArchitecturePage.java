// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ARCHITECTURE.md decides, as data.
 *
 * @param packages core's packages, each may import those before it
 * @param api packages that embedders may use, sub-packages named in full
 * @param modules by folder, the other modules
 * @param libraries who may name which library
 */
record ArchitecturePage(List<String> packages, Set<String> api, Map<String, Module> modules, List<Library> libraries) {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final String EVERYBODY = "all";
    private static final String API = "the API packages";

    /** A module beside core: its one package, and the places of core that it may import. */
    record Module(String packageName, Set<String> mayImport) {}

    /** A library: the packages it is known by, and the places that may name them (all of them where {@code free}). */
    record Library(String name, List<String> prefixes, Set<String> places, boolean free) {
        boolean has(String imported) {
            return prefixes.stream().anyMatch(prefix -> imported.startsWith(prefix + "."));
        }
    }

    static ArchitecturePage parse(String text) {
        List<String> packages = new ArrayList<>();
        for (List<String> row : rows(text, "## Packages, in order")) {
            packages.add(names(row.get(1)).get(0));
        }
        Set<String> api = new LinkedHashSet<>(names(section(text, "## API packages")));
        api.removeIf(name -> !Character.isLowerCase(name.charAt(0)));
        Map<String, Module> modules = new LinkedHashMap<>();
        for (List<String> row : rows(text, "## Modules")) {
            String may = row.get(2);
            Set<String> places = new LinkedHashSet<>(names(may));
            if (may.startsWith(EVERYBODY)) {
                places.addAll(packages);
            } else if (may.startsWith(API)) {
                places.addAll(api);
            }
            modules.put(names(row.get(0)).get(0), new Module(names(row.get(1)).get(0), places));
        }
        List<Library> libraries = new ArrayList<>();
        for (List<String> row : rows(text, "## Libraries")) {
            libraries.add(new Library(
                    row.get(0),
                    names(row.get(1)),
                    new LinkedHashSet<>(names(row.get(2))),
                    row.get(2).startsWith(EVERYBODY)));
        }
        return new ArchitecturePage(List.copyOf(packages), api, modules, List.copyOf(libraries));
    }

    /** The cells of the first table under a heading, without its head. */
    private static List<List<String>> rows(String text, String heading) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : section(text, heading).lines().toList()) {
            if (line.startsWith("|")) {
                List<String> cells = new ArrayList<>();
                for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|")) {
                    cells.add(cell.strip());
                }
                rows.add(cells);
            } else if (!rows.isEmpty()) {
                break;
            }
        }
        if (rows.size() < 3) {
            throw new IllegalStateException("ARCHITECTURE.md has no table under '" + heading + "'");
        }
        return rows.subList(2, rows.size());
    }

    private static String section(String text, String heading) {
        int start = text.indexOf(heading + "\n");
        if (start < 0) {
            throw new IllegalStateException("ARCHITECTURE.md has no heading '" + heading + "'");
        }
        int end = text.indexOf("\n## ", start);
        return text.substring(start + heading.length(), end < 0 ? text.length() : end);
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        for (Matcher matcher = NAME.matcher(text); matcher.find(); ) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
