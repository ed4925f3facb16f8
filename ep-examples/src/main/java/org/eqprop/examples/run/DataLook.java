package org.eqprop.examples.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eqprop.core.DataException;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.data.Normalisation;
import org.eqprop.examples.data.TrainTest;
import org.jspecify.annotations.Nullable;

/**
 * Data as a training would see it.
 *
 * @param found the data as it was found
 * @param used the samples of both parts, after the limit and the normalisation
 */
public record DataLook(FoundData found, TrainTest used) {
  /**
   * Finds data.
   *
   * @param given options of training, by the names of a configuration
   * @throws DataException if it is not there or not sound
   * @throws UsageException if an option is not valid
   */
  public static DataLook of(ObjectNode given) {
    Config config = Configs.resolve(null, null, given);
    FoundData found = config.source().find(config.data(), config.limit());
    TrainTest read = found.parts();
    if (config.limit() > 0) {
      read = new TrainTest(read.train().first(config.limit()), read.test());
    }
    @Nullable Normalisation normalisation =
        config.source().settings().normalise().numbers(read.train());
    return new DataLook(found, normalisation == null ? read : read.normalised(normalisation));
  }
}
