# Installs CleanSync as a service of Windows, from a folder that 'dotnet publish -r win-x64 --self-contained' has made.
# Run it as an administrator: .\install.ps1 -Source C:\Temp\cleansync
# Again, with a newer folder, it upgrades: settings and data stay.
#Requires -RunAsAdministrator
param(
    [Parameter(Mandatory)] [string] $Source,
    [string] $Program = "$env:ProgramFiles\CleanSync",
    [string] $Data = "$env:ProgramData\CleanSync",
    [string] $Urls = 'http://127.0.0.1:5080'
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$name = 'CleanSync'
# An account of its own that needs no password, and may nothing but what is given to it here.
$account = "NT SERVICE\$name"

function Invoke-Checked([string] $File, [string[]] $Arguments) {
    & $File @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$File $($Arguments -join ' ') ended with $LASTEXITCODE." }
}

if (-not (Test-Path (Join-Path $Source 'CleanSync.Api.exe'))) { throw "$Source holds no CleanSync.Api.exe. Publish it first." }
if (Get-Service $name -ErrorAction SilentlyContinue) { Stop-Service $name }

New-Item -ItemType Directory -Force $Program | Out-Null
$settings = Join-Path $Program 'appsettings.json'
$kept = if (Test-Path $settings) { Get-Content -Raw $settings }
Copy-Item -Recurse -Force (Join-Path $Source '*') $Program
if ($kept) { Set-Content -NoNewline -Path $settings -Value $kept }

if (-not (Get-Service $name -ErrorAction SilentlyContinue)) {
    Invoke-Checked 'sc.exe' @('create', $name, 'binPath=', "`"$Program\CleanSync.Api.exe`" --urls=$Urls", 'start=', 'delayed-auto', 'obj=', $account)
    Invoke-Checked 'sc.exe' @('description', $name, 'Keeps staff calendars the same in a booking product and in Exchange.')
}
# After a crash, and after an end with an exit code that is not 0: the second is what failureflag is for.
Invoke-Checked 'sc.exe' @('failure', $name, 'reset=', '86400', 'actions=', 'restart/5000/restart/30000/restart/60000')
Invoke-Checked 'sc.exe' @('failureflag', $name, '1')
Invoke-Checked 'sc.exe' @('sidtype', $name, 'unrestricted')

# The rights of ProgramData are cut off before anything is in the folder: it would be every local user's to read.
New-Item -ItemType Directory -Force $Data | Out-Null
Invoke-Checked 'icacls.exe' @($Data, '/inheritance:r', '/grant:r', "${account}:(OI)(CI)F", '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F')
# The settings may hold a secret: only the service reads them.
Invoke-Checked 'icacls.exe' @($settings, '/inheritance:r', '/grant:r', "${account}:R", '*S-1-5-18:F', '*S-1-5-32-544:F')

if (-not [System.Diagnostics.EventLog]::SourceExists($name)) { New-EventLog -LogName Application -Source $name }
Start-Service $name
Write-Output "$name runs at $Urls. Its data are in $Data. Make the first admin's key there, as an administrator:"
Write-Output "  & '$Program\CleanSync.Api.exe' keys create --name 'first admin' --role admin --Database:Path='$Data\cleansync.db'"
