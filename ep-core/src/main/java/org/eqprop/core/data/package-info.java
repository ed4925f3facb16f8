/** Data that comes with the library, and ways to divide data. */
package org.eqprop.core.data;
