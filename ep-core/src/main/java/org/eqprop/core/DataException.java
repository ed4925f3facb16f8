package org.eqprop.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Data that cannot be had as asked for: a file is damaged, missing or not what its name says, or a
 * download failed. The message is one sentence for the user: where, what is wrong, what to do.
 */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception with a message of its own.
   *
   * @param message one sentence for the user
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * Makes an exception about one file or folder.
   *
   * @param where the file or folder
   * @param what what is wrong with it
   * @param remedy what the user can do
   */
  public DataException(Path where, String what, String remedy) {
    this(where, what, remedy, null);
  }

  /**
   * Makes an exception about one file or folder.
   *
   * @param where the file or folder
   * @param what what is wrong with it
   * @param remedy what the user can do
   * @param cause what the system says, or null
   */
  public DataException(Path where, String what, String remedy, @Nullable Throwable cause) {
    super(where + ": " + what + "; " + remedy + ".", cause);
  }

  /**
   * Says in a few words why the file system refused.
   *
   * @param e what the system threw
   * @return the reason, without a full stop
   */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    String message = e.getMessage();
    return message == null || message.isBlank() ? "the system gives no reason" : message;
  }
}
