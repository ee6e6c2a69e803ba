using System.Text.Json.Nodes;

namespace CleanSync.EndToEndTests.Api;

/// <summary>One operation of the checked-in OpenAPI document, ready to be called.</summary>
public sealed record Operation(
    string Id,
    string Method,
    string Path,
    bool NeedsKey,
    string? Example,
    IReadOnlySet<int> Statuses)
{
    public HttpRequestMessage Request()
    {
        var path = Path.Replace("{id}", "0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21", StringComparison.Ordinal)
            .Replace("{staffId}", "nobody", StringComparison.Ordinal);
        if (Id == "getStaffCalendar") path += "?from=2026-12-07T00:00:00Z&to=2026-12-14T00:00:00Z";
        if (Id == "deleteStaffLink") path += "?copies=Keep";
        if (Id == "explainSync") path += "?appointmentId=0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21";
        return new HttpRequestMessage(new HttpMethod(Method), path) { Content = Example is null ? null : Bodies.Sent(Example) };
    }

    public override string ToString() => Id;
}

internal static class Contract
{
    public static string File { get; } = Path.Combine(Root(), "docs", "openapi.json");

    public static JsonNode Document { get; } = JsonNode.Parse(System.IO.File.ReadAllText(File))!;

    public static IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in Document["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           select new Operation(
               method.Value!["operationId"]!.GetValue<string>(),
               method.Key.ToUpperInvariant(),
               path.Key,
               method.Value["security"] is not null,
               method.Value["requestBody"]?["content"]!["application/json"]!["example"]!.ToJsonString(),
               method.Value["responses"]!.AsObject()
                   .Select(r => int.Parse(r.Key, System.Globalization.CultureInfo.InvariantCulture))
                   .ToHashSet()),
    ];

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "CleanSync.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No CleanSync.sln above the tests.");
        }
        return folder;
    }
}
