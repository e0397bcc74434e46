// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The sources of all modules, found from wherever the test runs inside the project. */
final class SourceTree {
    private final Path root;

    private SourceTree(Path root) {
        this.root = root;
    }

    static SourceTree here() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "no ARCHITECTURE.md above " + Path.of("").toAbsolutePath());
        }
        return new SourceTree(folder);
    }

    Path root() {
        return root;
    }

    String read(String name) {
        return read(root.resolve(name));
    }

    /** Main sources of every module. */
    List<SourceFile> main() {
        return sources("src/main/java");
    }

    /** Main and test sources of every module. */
    List<SourceFile> all() {
        List<SourceFile> all = new ArrayList<>(main());
        all.addAll(sources("src/test/java"));
        return all;
    }

    private List<SourceFile> sources(String folder) {
        List<SourceFile> found = new ArrayList<>();
        for (Path module : list(root)) {
            Path base = module.resolve(folder);
            if (Files.exists(module.resolve("pom.xml")) && Files.isDirectory(base)) {
                try (Stream<Path> files = Files.walk(base)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .forEach(file -> found.add(source(module, base, file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return found;
    }

    private SourceFile source(Path module, Path base, Path file) {
        Path folder = base.relativize(file).getParent();
        Path home = Path.of("io", "apiserver4j");
        if (folder == null || !folder.startsWith(home)) {
            throw new IllegalStateException(file + " lies outside io.apiserver4j");
        }
        String packageName =
                home.relativize(folder).toString().replace('\\', '/').replace('/', '.');
        return SourceFile.of(
                module.getFileName().toString(),
                packageName,
                root.relativize(file).toString(),
                read(file));
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
