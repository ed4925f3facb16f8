/**
 * Programs that use the library, one file each: to read, to run and to copy. Nothing else of the
 * command line is needed by them.
 */
@NullMarked
package org.eqprop.examples.library;

import org.jspecify.annotations.NullMarked;
