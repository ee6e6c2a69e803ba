using System.Text.Json.Serialization;

namespace CleanSync.Api.ExchangeIntegrations.Diagnoses;

/// <summary>How a saved integration is looked at. Its stored password is used.</summary>
/// <param name="TryCredential">true: a password that Exchange refused before is sent once more, which counts as a failed logon if it is
/// still wrong. false: it is not sent.</param>
/// <param name="SampleSize">How many of its enabled staff members are tried, evenly spread over all: 0 to 100.</param>
/// <param name="TryAnyway">
/// true: the same, also while two passwords of the account were refused within 30 minutes. One more may lock the account; it is noted in
/// the audit log.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SavedDiagnosis(bool TryCredential = false, int SampleSize = 20, bool TryAnyway = false);
