package org.eqprop.examples.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a configuration were given, for messages: on the command line, or in which
 * line of a file.
 *
 * @param options entries of the command line
 * @param file null if there is none
 */
record Origin(ObjectNode options, @Nullable ConfigFile file) {
  /** A message that begins with the name of an entry, or with a value and the name. */
  private static final Pattern NAMED =
      Pattern.compile("('.*' is no value of )?([\\w-]+)((?: is | has |; ).*)", Pattern.DOTALL);

  /**
   * A refusal that calls the entry as the user wrote it, or says its place in the file; as it is if
   * the entry was not given, but is the preset's.
   */
  UsageException placed(UsageException refused) {
    String said = String.valueOf(refused.getMessage());
    if (refused instanceof EntryException entry && file != null) {
      return new UsageException("In " + file.place(entry.entry()) + ", " + said);
    }
    Matcher named = NAMED.matcher(said);
    if (!named.matches()) {
      return refused;
    }
    String name = key(named.group(2));
    String value = named.group(1) == null ? "" : named.group(1);
    if (options.has(name)) {
      return new UsageException(value + Names.option(name) + named.group(3));
    }
    if (file != null && file.entries().has(name)) {
      return new UsageException("In " + file.place(name) + ", " + said);
    }
    return refused;
  }

  /** Messages write T and K in capitals. */
  private static String key(String name) {
    return name.equals("T") || name.equals("K") ? name.toLowerCase(Locale.ROOT) : name;
  }
}
