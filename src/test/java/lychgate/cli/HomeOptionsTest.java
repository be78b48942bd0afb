package lychgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.portal.Home;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class HomeOptionsTest {
    private static final Path INSTALLED = Path.of("/var/lib/lychgate");
    private static final Path ETC = Path.of("/etc/lychgate");
    private static final Home PACKAGED =
            new Home(
                    ETC,
                    INSTALLED.resolve("keys"),
                    INSTALLED.resolve("var"),
                    INSTALLED.resolve("plugins"));

    @Test
    void everythingIsBelowTheHome() {
        assertEquals(Home.at(INSTALLED), HomeOptions.usual(null, INSTALLED, null));
        Path other = Path.of("/srv/mud");
        assertEquals(Home.at(other), HomeOptions.usual(other, INSTALLED, null));
    }

    @Test
    void packagedHomeHasItsConfigurationElsewhere() {
        assertEquals(PACKAGED, HomeOptions.usual(null, INSTALLED, ETC));
    }

    @Test
    void packagedHomeIsTheSameWhenItIsNamed() {
        assertEquals(PACKAGED, HomeOptions.usual(Path.of("/var/lib/./lychgate/"), INSTALLED, ETC));
    }

    @Test
    void anotherHomeHasItsOwnConfiguration() {
        Path other = Path.of("/srv/mud");
        assertEquals(Home.at(other), HomeOptions.usual(other, INSTALLED, ETC));
    }
}
