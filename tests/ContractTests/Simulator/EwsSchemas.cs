using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Xunit;

namespace CleanSync.ContractTests.Simulator;

/// <summary>
/// Microsoft's XSDs, where they are at hand: CLEANSYNC_EWS_SCHEMAS, or shared/ews/schema beside the repository. They are not shipped.
/// </summary>
internal static class EwsSchemas
{
    private static readonly Lazy<XmlSchemaSet?> Loaded = new(Load);

    public static bool AreAvailable => Loaded.Value is not null;

    public static void Check(XDocument envelope)
    {
        if (Loaded.Value is { } schemas)
            envelope.Validate(schemas, (_, e) => Assert.Fail($"The simulator's answer is not valid: {e.Message}"));
    }

    private static XmlSchemaSet? Load()
    {
        var folder = Environment.GetEnvironmentVariable("CLEANSYNC_EWS_SCHEMAS") ?? BesideTheRepository();
        if (folder is null || !File.Exists(Path.Combine(folder, "ews.xsd"))) return null;
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schemas.Add(null, Path.Combine(folder, "ews.xsd"));
        schemas.Compile();
        return schemas;
    }

    private static string? BesideTheRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CleanSync.sln"))) folder = folder.Parent;
        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "ews", "schema") : null;
    }
}
