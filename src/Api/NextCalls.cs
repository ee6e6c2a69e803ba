using CleanSync.Application.SyncedEvents;
using CleanSync.Domain;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Api;

/// <summary>Which call comes next after a refusal or a rule: what is refused is said elsewhere, and knows no addresses.</summary>
internal static class NextCalls
{
    /// <summary>By the code of a refusal, or the id of a rule.</summary>
    public static IReadOnlyDictionary<string, string> ByCode { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["api-key-not-found"] = "GET /api/v1/api-keys lists all.",
        ["staff-member-is-not-linked"] = "PUT /api/v1/staff/{staffId}/link makes one.",
        ["integration-not-found"] = "GET /api/v1/integrations lists them.",
        ["integration-is-paused"] = "POST /api/v1/integrations/{id}/resume goes on at once.",
        ["integration-is-being-disconnected"] = "GET /api/v1/integrations/{id}/disconnection shows how far it is.",
        ["disconnection-not-found"] = "POST /api/v1/integrations/{id}/disconnect without a name says what that would do.",
        ["nothing-is-left-to-finish"] = "POST /api/v1/integrations/{id}/disconnect begins it.",
        [SyncRules.NotReadYet.Id] = "POST /api/v1/staff/{staffId}/sync runs one now.",
        [SyncRules.RemovalHeld.Id] = "with POST /api/v1/staff/{staffId}/held-deletions/decision.",
        [SyncRules.LinkDisabled.Id] = "with PUT /api/v1/staff/{staffId}/link/enabled.",
        [SyncRules.MailboxAddressMissing.Id] = "with PUT /api/v1/staff/{staffId}/link.",
        [SyncRules.IntegrationNotAuthorized.Id] = "with POST /api/v1/integrations/{id}/authorize.",
    };

    /// <summary>What a problem says: why it was refused, and which call comes next.</summary>
    public static string Detail(Error refusal) => With(refusal.Message, refusal.Code);

    public static SyncRule With(SyncRule rule) => rule with { WhatToDo = With(rule.WhatToDo, rule.Id) };

    public static SyncExplanation With(SyncExplanation explanation) => explanation with
    {
        HeldUpBy = explanation.HeldUpBy is { } held ? With(held) : null,
        Findings = [.. explanation.Findings.Select(With)],
    };

    private static SyncFinding With(SyncFinding finding) =>
        finding is { Rule: { } rule, WhatToDo: { } whatToDo } ? finding with { WhatToDo = With(whatToDo, rule) } : finding;

    /// <summary>A sentence of its own, or the end of the one before.</summary>
    private static string With(string sentence, string code) => !ByCode.TryGetValue(code, out var call) ? sentence
        : char.IsUpper(call[0]) ? $"{sentence} {call}"
        : $"{sentence.TrimEnd('.')} {call}";
}
