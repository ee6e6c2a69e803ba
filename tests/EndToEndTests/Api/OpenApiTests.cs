using CleanSync.Api.OpenApi;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

[Collection(nameof(OneApi))]
public sealed class OpenApiTests(ApiHost host)
{
    [Fact]
    public async Task The_checked_in_document_is_what_the_API_says_of_itself()
    {
        using var started = host.Caller();
        var checkedIn = (await File.ReadAllTextAsync(Contract.File, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        Assert.True(
            checkedIn == await OpenApiVerb.Document(host.Services),
            "docs/openapi.json is no longer what the API says of itself. Renew it, and look at the difference before you commit it: "
            + "dotnet run --project src/Api -- openapi \"$PWD/docs/openapi.json\"");
    }

    [Fact]
    public void The_document_is_OpenAPI_3_1() => Assert.StartsWith("3.1", Contract.Document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);

    [Fact]
    public void Every_operation_has_a_name_a_summary_a_module_and_documented_failures() => Assert.All(
        Contract.Document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()),
        operation =>
        {
            Assert.False(string.IsNullOrWhiteSpace(operation.Value!["summary"]?.GetValue<string>()), operation.Value.ToJsonString());
            Assert.Single(operation.Value["tags"]!.AsArray());
            Assert.NotNull(operation.Value["responses"]!["500"]!["content"]!["application/problem+json"]);
        });

    [Fact]
    public void Operation_names_are_unique() => Assert.Distinct(Contract.Operations.Select(o => o.Id));

    [Fact]
    public void No_password_is_in_any_answer() => Assert.All(
        Contract.Document["components"]!["schemas"]!.AsObject().Where(s => s.Key.EndsWith("View", StringComparison.Ordinal) || s.Key.EndsWith("Report", StringComparison.Ordinal)),
        schema => Assert.DoesNotContain(schema.Value!["properties"]!.AsObject(), p => p.Key.Contains("password", StringComparison.OrdinalIgnoreCase)));
}
