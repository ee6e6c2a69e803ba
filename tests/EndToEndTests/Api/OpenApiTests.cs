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
    public void The_document_is_OpenAPI_3_1() =>
        Assert.StartsWith("3.1", Contract.Document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);

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
    public void Every_successful_answer_with_a_body_has_an_example() => Assert.All(
        Contract.Document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()),
        operation => Assert.All(
            operation.Value!["responses"]!.AsObject().Where(r => r.Key.StartsWith('2') && r.Value!["content"] is not null),
            answer =>
                Assert.True(
                    answer.Value!["content"]!["application/json"]!["example"] is not null,
                    $"{operation.Value["operationId"]} {answer.Key}")));

    [Fact]
    public void The_example_of_an_invalid_request_speaks_of_a_field_that_the_request_has() => Assert.All(
        Contract.Document["paths"]!.AsObject()
            .SelectMany(p => p.Value!.AsObject())
            .Select(o => o.Value!)
            .Where(o => o["responses"]!["400"] is not null),
        operation =>
        {
            var named =
                operation["responses"]!["400"]!["content"]!["application/problem+json"]!["examples"]!["invalid-request"]!["value"]!["errors"]!.AsObject().Single().Key;
            var body = operation["requestBody"]?["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1];
            var fields = body is null
                ? []
                : Contract.Document["components"]!["schemas"]![body]!["properties"]!.AsObject().Select(p => p.Key).Append("body");
            var parameters = operation["parameters"]?.AsArray().Select(p => p!["name"]!.GetValue<string>()) ?? [];
            Assert.Contains(named, fields.Concat(parameters));
        });

    [Fact]
    public void Operations_stand_in_the_order_in_which_an_admin_meets_them()
    {
        string[] journey =
        [
            "listExchangeVersions",
            "discoverServer",
            "diagnoseConnection",
            "connectExchange",
            "diagnoseIntegration",
            "previewIntegration",
            "authorizeIntegration",
            "disconnectExchange",
            "putStaffLink", "listStaffLinks", "getStaffLink",
        ];
        Assert.Equal(journey, Contract.Operations.Select(o => o.Id).Where(journey.Contains));
    }

    [Fact]
    public void Operation_names_are_unique() => Assert.Distinct(Contract.Operations.Select(o => o.Id));

    [Fact]
    public void No_password_is_in_any_answer() => Assert.All(
        Contract.Document["components"]!["schemas"]!.AsObject()
            .Where(s => s.Key.EndsWith("View", StringComparison.Ordinal) || s.Key.EndsWith("Report", StringComparison.Ordinal)),
        schema =>
            Assert.DoesNotContain(
                schema.Value!["properties"]!.AsObject(), p => p.Key.Contains("password", StringComparison.OrdinalIgnoreCase)));
}
