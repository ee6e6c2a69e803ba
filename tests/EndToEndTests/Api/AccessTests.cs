using System.Net;
using System.Text.Json.Nodes;
using CleanSync.Api.Security;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>Every operation of the document, with every kind of credential.</summary>
[Collection(nameof(OneApi))]
public sealed class AccessTests(ApiHost host)
{
    /// <summary>Written by hand, so that a policy that changes by mistake is noticed. What is not here is for admins only.</summary>
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["bookAppointment"] = ["admin", "scheduler"],
        ["getAppointment"] = ["admin", "scheduler"],
        ["moveAppointment"] = ["admin", "scheduler"],
        ["changeAppointmentDetails"] = ["admin", "scheduler"],
        ["changeAppointmentStaff"] = ["admin", "scheduler"],
        ["cancelAppointment"] = ["admin", "scheduler"],
        ["getStaffCalendar"] = ["admin", "scheduler", "staff"],
        ["getStaffEvent"] = ["admin", "scheduler", "staff"],
        ["respondToMeeting"] = ["admin", "scheduler", "staff"],
        ["listProblemTypes"] = ["admin", "scheduler", "staff"],
    };

    private static readonly string[] OwnOnly = ["getStaffCalendar", "getStaffEvent", "respondToMeeting"];

    public static TheoryData<string> Guarded => [.. Contract.Operations.Where(o => o.NeedsKey).Select(o => o.Id)];

    [Theory, MemberData(nameof(Guarded))]
    public async Task Who_may_may_and_everybody_else_is_refused(string operation)
    {
        var roles = RolesOf(operation);
        var now = TimeProvider.System.GetUtcNow();
        var answers = new Dictionary<string, string>
        {
            ["admin"] = await Ask(operation, host.Caller()),
            ["scheduler"] = await Ask(operation, host.Caller(Callers.Of("scheduler"))),
            ["staff"] = await Ask(operation, host.Caller(Callers.Of("staff"))),
            ["other staff"] = await Ask(operation, host.Caller(Callers.Of("other staff"))),
            ["admin token"] = await Ask(operation, host.Bearer(host.Issuer.Token(now))),
            ["scheduler token"] = await Ask(operation, host.Bearer(host.Issuer.Token(now, "scheduler"))),
            ["staff token"] = await Ask(operation, host.Bearer(host.Issuer.Token(now, "staff", Callers.OwnStaffId))),
            ["staff token without a staff id"] = await Ask(operation, host.Bearer(host.Issuer.Token(now, "staff"))),
            ["token of an unknown role"] = await Ask(operation, host.Bearer(host.Issuer.Token(now, "visitor"))),
            ["expired token"] = await Ask(
                operation, host.Bearer(host.Issuer.Token(now, from: TimeSpan.FromHours(-2), until: TimeSpan.FromHours(-1)))),
            ["revoked key"] = await Ask(operation, host.Caller(Callers.Of("revoked"))),
            ["expired key"] = await Ask(operation, host.Caller(Callers.Of("expired"))),
            ["wrong key"] = await Ask(operation, host.Caller(Callers.Of("never stored"))),
            ["nothing"] = await Ask(operation, host.Caller(key: null)),
        };

        string Of(string role) => roles.Contains(role) ? "allowed" : "403 role-may-not";
        string OfStaff(string refusal) => OwnOnly.Contains(operation) ? refusal : Of("staff");
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["admin"] = "allowed",
                ["scheduler"] = Of("scheduler"),
                ["staff"] = Of("staff"),
                ["other staff"] = OfStaff("403 calendar-is-anothers"),
                ["admin token"] = "allowed",
                ["scheduler token"] = Of("scheduler"),
                ["staff token"] = Of("staff"),
                ["staff token without a staff id"] = OfStaff("403 staff-id-is-missing"),
                ["token of an unknown role"] = "403 role-is-missing",
                ["expired token"] = "401 token-has-expired",
                ["revoked key"] = "401 api-key-is-revoked",
                ["expired key"] = "401 api-key-has-expired",
                ["wrong key"] = "401 api-key-wrong",
                ["nothing"] = "401 credential-missing",
            },
            answers);
    }

    [Theory, MemberData(nameof(Guarded))]
    public void The_document_says_who_may(string operation)
    {
        var node = Node(operation);
        Assert.Equal(RolesOf(operation), node["x-roles"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Contains($"Roles: {string.Join(", ", RolesOf(operation))}", node.Text("description"), StringComparison.Ordinal);
        Assert.Equal(["ApiKey", "Bearer"], node["security"]!.AsArray().Select(s => s!.AsObject().Single().Key));
        Assert.All(["401", "403"], status => Assert.NotNull(node["responses"]![status]!["content"]!["application/problem+json"]));
    }

    [Fact]
    public void Every_operation_in_the_table_of_the_product_and_of_this_test_exists() =>
        Assert.All(AccessRules.Table.Keys.Concat(Expected.Keys), id => Assert.Contains(Contract.Operations, o => o.Id == id));

    private static string[] RolesOf(string operation) => Expected.GetValueOrDefault(operation, ["admin"]);

    private static async Task<string> Ask(string operation, HttpClient caller)
    {
        var answer = await caller.SendAsync(
            Contract.Operations.Single(o => o.Id == operation).Request(), TestContext.Current.CancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)) return "allowed";
        return $"{(int)answer.StatusCode} {(await answer.Json()).Text("type").Replace("urn:cleansync:", "", StringComparison.Ordinal)}";
    }

    private static JsonNode Node(string operation) => Contract.Document["paths"]!.AsObject()
        .SelectMany(p => p.Value!.AsObject()).Select(m => m.Value!).Single(m => m.Text("operationId") == operation);
}
