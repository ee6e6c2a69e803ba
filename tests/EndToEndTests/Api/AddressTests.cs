using System.Text.Json.Nodes;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>Every address that the API takes, now or later: the document says where it takes one.</summary>
[Collection(nameof(OneApi))]
public sealed class AddressTests(ApiHost host)
{
    private static readonly string[] Spoilt =
    [
        "https://name:s3cret@mail.contoso.example/EWS/Exchange.asmx", "https://s3cret@mail.contoso.example/",
        "https://:s3cret@mail.contoso.example/", "https://mail.contoso.example/EWS/Exchange.asmx?s3cret",
        "https://mail.contoso.example/EWS/Exchange.asmx#s3cret", $"https://mail.contoso.example/{new string('s', 2000)}3cret", "s3cret",
        "ftp://mail.contoso.example/s3cret",
    ];

    public static TheoryData<string, string> Taken =>
        new(Contract.Operations.SelectMany(operation => Addresses(operation).Select(name => (operation.Id, name))));

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task An_address_with_a_user_a_query_or_a_fragment_or_too_long_is_refused_by_name_and_not_repeated(string id, string field)
    {
        var operation = Contract.Operations.Single(o => o.Id == id);
        foreach (var address in Spoilt)
        {
            var request = operation.Request();
            var body = JsonNode.Parse(operation.Example!)!.AsObject();
            body[field] = address;
            request.Content = Bodies.Sent(body);
            using var answer = await host.Caller().SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode == 400, $"{address}: {text}");
            Assert.Equal([field], JsonNode.Parse(text)!["errors"]!.AsObject().Select(e => e.Key));
            Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Those_that_are_known_are_among_them() =>
        Assert.Superset(
            new HashSet<string> { "connectExchange", "changeIntegration", "diagnoseConnection" },
            Contract.Operations.Where(o => Addresses(o).Any()).Select(o => o.Id).ToHashSet());

    private static IEnumerable<string> Addresses(Operation operation)
    {
        var told = Contract.Document["paths"]![operation.Path]![operation.Method.ToLowerInvariant()]!;
        var schema = told["requestBody"]?["content"]?["application/json"]?["schema"];
        if (schema?["$ref"]?.GetValue<string>() is { } reference)
            schema = Contract.Document["components"]!["schemas"]![reference.Split('/')[^1]];
        return schema?["properties"]?.AsObject().Where(p => p.Value!["format"]?.GetValue<string>() == "uri").Select(p => p.Key) ?? [];
    }
}
