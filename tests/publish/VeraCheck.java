import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every fault that veraPDF finds in PDFs, as PDF/A-3a and as PDF/UA-1: `<flavour> <file>: <clause> <what>`.
 *
 * For where the veraPDF library is there without its program. Its profiles are read here, because the library
 * reads them with a part of Java that Java no longer has. The last line counts the checks.
 */
public class VeraCheck {
    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<PDFAFlavour, ValidationProfile> profiles = new LinkedHashMap<>();
        profiles.put(PDFAFlavour.PDFA_3_A, read(PDFAFlavour.PDFA_3_A, "PDFA-3A.xml"));
        profiles.put(PDFAFlavour.PDFUA_1, read(PDFAFlavour.PDFUA_1, "PDFUA-1.xml"));
        long checks = 0;
        for (String file : files) {
            for (PDFAFlavour flavour : profiles.keySet()) {
                try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
                    ValidationResult found = ValidatorFactory.createValidator(profiles.get(flavour), false).validate(parser);
                    checks += found.getTotalAssertions();
                    Set<String> faults = new TreeSet<>();
                    for (TestAssertion one : found.getTestAssertions()) {
                        if (one.getStatus() != TestAssertion.Status.PASSED) {
                            faults.add(one.getRuleId().getClause() + " " + one.getMessage());
                        }
                    }
                    for (String fault : faults) {
                        System.out.println(flavour.getId() + " " + file + ": " + fault);
                    }
                }
            }
        }
        System.out.println(checks + " checks");
    }

    private static ValidationProfile read(PDFAFlavour flavour, String name) throws Exception {
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(VeraCheck.class.getClassLoader().getResourceAsStream("org/verapdf/pdfa/validation/" + name))
            .getDocumentElement();
        Set<Rule> rules = new HashSet<>();
        for (Element rule : all(root, "rule")) {
            Element id = all(rule, "id").get(0);
            rules.add(Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                    PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                    id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), new ArrayList<>()), new ArrayList<>()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element one : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                one.getAttribute("name"), one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
        }
        return Profiles.profileFromValues(
            flavour, Profiles.profileDetailsFromValues(name, name, "", new Date()), "", rules, variables);
    }

    private static ArrayList<Element> all(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        ArrayList<Element> found = new ArrayList<>();
        for (int at = 0; at < nodes.getLength(); at++) {
            found.add((Element) nodes.item(at));
        }
        return found;
    }

    private static String text(Element parent, String name) {
        ArrayList<Element> found = all(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
