using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Storage;

public sealed class ReadingWithoutWritesTests
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_that_reads_answers_while_nothing_can_be_written_and_every_other_one_says_why_not()
    {
        await using var exchange = await Organisation.Start("anna");
        using var data = new TemporaryFolder();
        Guid integration;
        Guid appointment;
        await using (var before = new CleanSyncHost(data))
        {
            integration = await before.Client(ct).Begin(exchange, "anna");
            appointment = await before.Client(ct).Book(TimeProvider.System.GetUtcNow().AddDays(1), 1, "anna");
        }

        await using var host = new CleanSyncHost(data);
        using var caller = host.CreateClient();
        // No key was used for a minute: its next use is one to note.
        var database = host.Services.GetRequiredService<SqliteDatabase>();
        await database.Exclusively(c => c.Execute("update api_keys set last_used_at = null; pragma query_only = on"), ct);
        caller.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.Admin);

        var contract = JsonNode.Parse(await caller.GetStringAsync(new Uri("swagger/v1/swagger.json", UriKind.Relative), ct))!;
        var read = 0;
        foreach (var (path, methods) in contract["paths"]!.AsObject())
        {
            if (!path.StartsWith("/api/", StringComparison.Ordinal) || methods!["get"] is null) continue;
            var id = (path.StartsWith("/api/v1/appointments", StringComparison.Ordinal) ? appointment : integration).ToString();
            var address = path.Replace("{staffId}", "anna", StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);
            const string range = "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
            using var answer = await caller.GetAsync(new Uri($"{address}{range}", UriKind.Relative), ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            Assert.True((int)answer.StatusCode < 500, $"GET {path}: {answer.StatusCode} {text}");
            if (answer.StatusCode is HttpStatusCode.OK) read++;
        }

        Assert.True(read > 15, $"only {read} addresses were read");
        foreach (var (path, body) in new (string, object?)[]
        {
            ($"appointments/{appointment}/cancel", null),
            ($"integrations/{integration}/pause", new { reason = "a move" }),
            ($"integrations/{integration}/authorize", null),
            ("staff/anna/sync", null),
        })
        {
            var (status, problem) = await host.Client(ct).Send(HttpMethod.Post, path, body);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:cleansync:database-is-not-ready"), (status, problem!.Text("type")));
        }
    }
}
