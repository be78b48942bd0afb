package lychgate.server.runtime;

/** Something that the game thread does for a session. */
interface Work extends Runnable {
    /** What operators know it by, without anything that the player has said. */
    String name();

    /** Whether it waits while the session is paused. */
    boolean pauses();

    /** Work that does not wait. */
    record Now(String name, Runnable task) implements Work {
        @Override
        public boolean pauses() {
            return false;
        }

        @Override
        public void run() {
            task.run();
        }
    }
}
