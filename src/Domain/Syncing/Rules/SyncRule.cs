namespace CleanSync.Domain.Syncing.Rules;

/// <summary>What a rule decides about.</summary>
public enum SyncRuleSubject
{
    /// <summary>An event that somebody made in Exchange.</summary>
    Event,

    /// <summary>One staff member's copy of an appointment.</summary>
    Appointment,

    /// <summary>Everything of one staff member.</summary>
    StaffMember,
}

/// <summary>A rule that keeps something from being synced.</summary>
/// <param name="Id">Stable; programs may compare it.</param>
/// <param name="Meaning">What is so, in one sentence.</param>
/// <param name="WhatToDo">What to do if it should be synced.</param>
public sealed record SyncRule(string Id, SyncRuleSubject Subject, string Meaning, string WhatToDo);
