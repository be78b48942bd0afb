package lychgate.link.amp;

/**
 * How a game has come.
 *
 * @param process its number
 * @param same whether it is the very process that was there before
 * @param ordered whether it was restarted by order, and has said what it knew before it went
 */
record Arrival(long process, boolean same, boolean ordered) {}
