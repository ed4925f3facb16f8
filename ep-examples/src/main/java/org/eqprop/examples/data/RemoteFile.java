package org.eqprop.examples.data;

/**
 * A file as its source publishes it.
 *
 * @param name its name, the same on the server and on disk
 * @param bytes its length
 * @param sha256 its SHA-256 in lower-case hexadecimal digits
 */
public record RemoteFile(String name, long bytes, String sha256) {}
