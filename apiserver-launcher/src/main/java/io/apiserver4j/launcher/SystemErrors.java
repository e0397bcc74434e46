// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import java.io.IOException;
import java.net.BindException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Failures of files and sockets in the words of a system, instead of the names of Java's exceptions. */
final class SystemErrors {
    private SystemErrors() {}

    /** The text of a file; refused in the form {@code open FILE: no such file or directory}. */
    static String read(Path file) throws Refusal {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw Refusal.of("open " + file + ": the file holds no text");
        } catch (IOException e) {
            throw Refusal.of("open " + file + ": " + (Files.isDirectory(file) ? "is a directory" : reason(e)));
        }
    }

    /** What happened, and to which file where that is known. */
    static String text(IOException failure) {
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            return file.getFile() + ": " + reason(failure);
        }
        return reason(failure);
    }

    /** Why no socket could be bound: the exception, or what it was caused by. */
    static String bind(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof BindException || one instanceof java.net.SocketException) {
                String text = String.valueOf(one.getMessage());
                int mark = text.lastIndexOf('(');
                return "bind: " + lowered(mark >= 0 ? text.substring(mark + 1).replace(")", "") : text);
            }
        }
        return String.valueOf(failure.getMessage());
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "file exists";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return lowered(file.getReason());
        }
        return String.valueOf(failure.getMessage());
    }

    private static String lowered(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
