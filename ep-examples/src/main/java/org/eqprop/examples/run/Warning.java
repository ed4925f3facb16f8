package org.eqprop.examples.run;

/**
 * A sign that a training cannot be meant as it was configured. It stops nothing.
 *
 * @param kind {@code unsettled} (the free phase did not settle), {@code stuck} (the network no
 *     longer learns) or {@code guessing} (its error is that of a guess)
 * @param sentence what is wrong and what to do, for people
 */
public record Warning(String kind, String sentence) {}
