using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Content.ICalendar;

/// <summary>Exchange's words and those of iCalendar for them: [MS-OXCICAL] 2.1.3.1.1.20.</summary>
internal static class Words
{
    public static string Class(Sensitivity sensitivity) => sensitivity switch
    {
        Sensitivity.Private => "PRIVATE",
        Sensitivity.Personal => "X-PERSONAL",
        Sensitivity.Confidential => "CONFIDENTIAL",
        _ => "PUBLIC",
    };

    public static Sensitivity SensitivityOf(string? @class) => @class?.ToUpperInvariant() switch
    {
        "PRIVATE" => Sensitivity.Private,
        "X-PERSONAL" => Sensitivity.Personal,
        "CONFIDENTIAL" => Sensitivity.Confidential,
        _ => Sensitivity.Normal,
    };

    public static string Priority(string importance) => importance switch { "High" => "1", "Low" => "9", _ => "5" };

    public static string ImportanceOf(string? priority) => priority switch
    {
        "1" or "2" or "3" or "4" => "High",
        "6" or "7" or "8" or "9" => "Low",
        _ => "Normal",
    };

    public static string Busy(FreeBusy status) => status == FreeBusy.NoData ? "BUSY" : status.ToString().ToUpperInvariant();

    /// <summary>By Exchange's own property, else by TRANSP, else by STATUS.</summary>
    public static FreeBusy FreeBusyOf(string? busy, string? transparency, string? status) => busy?.ToUpperInvariant() switch
    {
        "FREE" => FreeBusy.Free,
        "TENTATIVE" => FreeBusy.Tentative,
        "OOF" => FreeBusy.OOF,
        "WORKINGELSEWHERE" => FreeBusy.WorkingElsewhere,
        "BUSY" => FreeBusy.Busy,
        _ when transparency == "TRANSPARENT" => FreeBusy.Free,
        _ when status == "TENTATIVE" => FreeBusy.Tentative,
        _ => FreeBusy.Busy,
    };
}
