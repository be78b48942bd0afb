package lychgate.portal;

import java.nio.file.Path;

/**
 * The folders of an installation.
 *
 * @param etc configuration, host keys, certificates
 * @param keys public keys that are let in
 * @param var what the running portal keeps
 * @param plugins jars of services that are added
 */
public record Home(Path etc, Path keys, Path var, Path plugins) {

    /** The folders below one. */
    public static Home at(Path folder) {
        return new Home(
                folder.resolve("etc"),
                folder.resolve("keys"),
                folder.resolve("var"),
                folder.resolve("plugins"));
    }

    /** Where the key and the certificate for TLS are. */
    public Path tls() {
        return etc.resolve("tls");
    }

    /** Where the gate's SSH keys are. */
    public Path ssh() {
        return etc.resolve("ssh");
    }

    /** The login screen of the demo game. */
    public Path banner() {
        return etc.resolve("banner.txt");
    }

    /** The SSH keys of players. */
    public Path authorizedKeys() {
        return keys.resolve("authorized_keys");
    }

    /** The configuration file. */
    public Path configFile() {
        return etc.resolve("lychgate.toml");
    }
}
