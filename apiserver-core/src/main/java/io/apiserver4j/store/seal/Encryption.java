// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an EncryptionConfiguration says about the resources: which keys seal what is written, and which ones open what is
 * there. With reloading, a changed file counts as soon as it is fit; one that is not is told in the log, and the one before
 * stays.
 */
public final class Encryption implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Encryption.class);
    private static final long LOOK_MILLIS = 1000;

    private final Path file;
    private byte[] read;
    private volatile Rules rules;
    private volatile boolean closed;

    /** Sealers by what a file writes, and those found for resources so far. */
    private record Rules(Map<String, Sealer> written, Map<String, Sealer> found) {}

    private Encryption(Path file, byte[] text) {
        this.file = file;
        this.read = text;
        this.rules = rules(text);
    }

    /**
     * Reads a file.
     *
     * @param reload whether to look for changes from now on, until this is closed
     * @throws SealException where the file can't be read or is not fit
     */
    public static Encryption ofFile(Path file, boolean reload) {
        Encryption encryption;
        try {
            encryption = new Encryption(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SealException(
                    "error reading encryption provider configuration file \"" + file + "\": open " + file + ": "
                            + (Files.exists(file) ? e.getMessage() : "no such file or directory"),
                    e);
        }
        if (reload) {
            Thread looking = new Thread(encryption::follow, "apiserver4j-encryption");
            looking.setDaemon(true);
            looking.start();
        }
        return encryption;
    }

    private static Rules rules(byte[] text) {
        return new Rules(EncryptionFile.read(text), new ConcurrentHashMap<>());
    }

    private void follow() {
        while (!closed) {
            try {
                Thread.sleep(LOOK_MILLIS);
                look();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Takes the file over if it has changed. */
    void look() {
        byte[] now;
        try {
            now = Files.readAllBytes(file);
        } catch (IOException e) {
            LOG.warn("the encryption configuration {} can't be read, the last one stays: {}", file, e.toString());
            return;
        }
        if (Arrays.equals(now, read)) {
            return;
        }
        read = now;
        try {
            rules = rules(now);
            LOG.info("the encryption configuration {} is in force", file);
        } catch (SealException e) {
            LOG.warn("the encryption configuration {} is not fit, the last one stays: {}", file, e.getMessage());
        }
    }

    /** The sealer of a resource now. */
    Sealer sealer(String plural, String group) {
        Rules now = rules;
        String name = group.isEmpty() ? plural : plural + "." + group;
        Sealer known = now.found.get(name);
        if (known == null) {
            known = find(now.written, name, group);
            now.found.put(name, known);
        }
        return known;
    }

    private static Sealer find(Map<String, Sealer> written, String name, String group) {
        for (String rule : new String[] {name, "*." + group, "*.*"}) {
            Sealer sealer = written.get(rule);
            if (sealer != null) {
                return sealer;
            }
        }
        return Sealer.IDENTITY;
    }

    @Override
    public void close() {
        closed = true;
    }
}
