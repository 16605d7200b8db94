# Builds everything and runs every test; see test.sh. The last line is "N passed, N failed, N skipped".
Set-Location $PSScriptRoot

dotnet build MlKit.sln -v quiet -nologo
if ($LASTEXITCODE -ne 0) {
    Write-Output 'The build failed: no test was run.'
    exit 1
}

# One test program at a time: several start real processes and measure deadlines.
dotnet test --solution MlKit.sln --no-build --no-progress --max-parallel-test-modules 1 @args | Tee-Object -Variable lines
$status = $LASTEXITCODE

function Count($name) {
    $found = $lines | Select-String -Pattern "^ +${name}: (\d+)" | Select-Object -Last 1
    if ($found) { $found.Matches[0].Groups[1].Value }
}

$passed = Count 'succeeded'
if (-not $passed) {
    Write-Output "The test runner printed no summary (exit code $status)."
    exit 1
}

Write-Output "$passed passed, $(Count 'failed') failed, $(Count 'skipped') skipped"
exit $status
