package org.eqprop.core.internal.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Which sources a program was built from. */
public final class SourceCommit {
  private SourceCommit() {}

  /**
   * The commit of the sources in a folder.
   *
   * @param root the folder
   * @return ten hexadecimal digits, with a {@code +} after them if the sources were changed since;
   *     empty if that is not known
   */
  public static String of(Path root) {
    String commit = git(root, "rev-parse", "--short=10", "HEAD");
    String changes = git(root, "status", "--porcelain", "--untracked-files=no");
    return changes.isEmpty() ? commit : commit + "+";
  }

  private static String git(Path root, String... words) {
    String[] command = new String[words.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = root.toString();
    System.arraycopy(words, 0, command, 3, words.length);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? out.strip() : "";
    } catch (IOException withoutGit) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
