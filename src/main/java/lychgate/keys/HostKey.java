package lychgate.keys;

/**
 * What an operator wants to know about an SSH host key; {@link #toString} is what {@code ssh-keygen
 * -l} prints.
 *
 * @param bits the size of the key
 * @param fingerprint {@code SHA256:} and base64, as SSH clients show it
 * @param comment the comment in its file
 * @param type {@code ED25519} or {@code RSA}
 */
public record HostKey(int bits, String fingerprint, String comment, String type) {
    @Override
    public String toString() {
        return bits + " " + fingerprint + " " + comment + " (" + type + ")";
    }
}
