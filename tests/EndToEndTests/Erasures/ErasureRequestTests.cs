using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Api;
using Xunit;

namespace CleanSync.EndToEndTests.Erasures;

[Collection(nameof(OneApi))]
public sealed class ErasureRequestTests(ApiHost host)
{
    [Theory]
    [InlineData("erasures/search", "{}", "name", "name, phone number or e-mail address")]
    [InlineData("erasures/search", """{ "name": " ", "phone": "-" }""", "name", "name, phone number or e-mail address")]
    [InlineData("erasures/search", """{ "name": "Carla", "phone": "+ext" }""", "phone", "at least one digit")]
    [InlineData("erasures/search", """{ "notes": "x" }""", "notes", "Known are: name, phone, email.")]
    [InlineData("erasures", "{}", "appointmentIds,staffId", "either appointmentIds or staffId")]
    [InlineData("erasures", """{ "appointmentIds": ["0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21"], "staffId": "anna" }""", "appointmentIds,staffId", "either appointmentIds or staffId")]
    [InlineData("erasures", """{ "appointmentIds": [] }""", "appointmentIds", "1 to 1,000 ids")]
    [InlineData("erasures", """{ "staffId": " " }""", "staffId", "1 to 64 visible characters")]
    [InlineData("erasures", """{ "name": "Carla" }""", "name", "There is no such field")]
    public async Task A_search_or_an_erasure_that_makes_no_sense_is_refused_with_the_field(
        string path,
        string body,
        string fields,
        string expected)
    {
        var answer = await host.Caller().PostAsync($"/api/v1/{path}", Bodies.Sent(body), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["errors"]!.AsObject();
        Assert.Equal(fields, string.Join(',', errors.Select(e => e.Key)));
        Assert.All(errors, e => Assert.Contains(expected, e.Value!.ToJsonString(), StringComparison.Ordinal));
    }
}
