# Takes the service of CleanSync away. The data folder stays, unless -RemoveData is given: it holds the database and the key.
#Requires -RunAsAdministrator
param(
    [string] $Program = "$env:ProgramFiles\CleanSync",
    [string] $Data = "$env:ProgramData\CleanSync",
    [switch] $RemoveData
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$name = 'CleanSync'
if (Get-Service $name -ErrorAction SilentlyContinue) {
    Stop-Service $name
    & sc.exe delete $name
    if ($LASTEXITCODE -ne 0) { throw "sc.exe delete ended with $LASTEXITCODE." }
}
if ([System.Diagnostics.EventLog]::SourceExists($name)) { Remove-EventLog -Source $name }
if (Test-Path $Program) { Remove-Item -Recurse -Force $Program }
if ($RemoveData -and (Test-Path $Data)) { Remove-Item -Recurse -Force $Data }
