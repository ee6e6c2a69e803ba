namespace CleanSync.Domain.ApiKeys;

/// <summary>What a caller may do. Which operation asks for which role is one table in <c>src/Api/Security/AccessRules.cs</c>.</summary>
public enum Role
{
    /// <summary>Everything.</summary>
    Admin,

    /// <summary>Appointments, calendars, and answers to meetings.</summary>
    Scheduler,

    /// <summary>One staff member's own calendar.</summary>
    Staff,
}
