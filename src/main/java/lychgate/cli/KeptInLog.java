package lychgate.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;

/**
 * A part of the log that is there again after a reset: configuring the log again resets it, and
 * takes out all parts.
 */
interface KeptInLog extends LoggerContextListener {
    @Override
    default boolean isResetResistant() {
        return true;
    }

    @Override
    default void onStart(LoggerContext started) {}

    @Override
    default void onStop(LoggerContext stopped) {}

    @Override
    default void onLevelChange(Logger logger, Level level) {}
}
