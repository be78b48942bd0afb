package lychgate.server.runtime;

/** Work that the game thread does for a session. */
interface Work extends Runnable {
    /** Its name in logs; contains nothing that the player typed beyond a command's name. */
    String name();

    /** Whether it waits while the session is paused. */
    boolean pauses();

    /** Work that does not wait for the end of a pause. */
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
