using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using MlKit.Inference;
using MlKit.Mlflow;
using MlKit.Scorer.Loading;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Scorer.Tests;

/// <summary>With RequireGate a registry version is loaded only if its gate document verifies, names its files and is not stale.</summary>
public sealed class GateTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly GateSigningKey _key = GateSigningKey.Create();
    private readonly string _model;

    public GateTests()
    {
        _folder.Write("model/model.onnx", OnnxFile.Adder(1));
        _folder.Write("model/sub/weights.bin", [1, 2, 3]);
        _model = Path.Combine(_folder.Path, "model");
        File.WriteAllText(Path.Combine(_folder.Path, "key.pem"), _key.PublicKeyPem);
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_document_of_the_trusted_key_about_these_files_is_accepted()
    {
        await SignAsync(document => document);
        Assert.True(await CheckAsync());
    }

    [Fact]
    public async Task Without_a_required_gate_nothing_is_checked_and_nothing_is_verified() =>
        Assert.False(await new GateCheck(TestModels.Options(), TimeProvider.System).VerifyAsync(Version(), _model, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_missing_document_or_key_is_refused()
    {
        Assert.Contains("the model has no gate.json", await RefusedAsync());
        await SignAsync(document => document);
        File.Delete(Path.Combine(_folder.Path, "key.pem"));
        Assert.Contains("key.pem", await RefusedAsync());
    }

    [Fact]
    public async Task A_forged_document_is_refused()
    {
        using var other = GateSigningKey.Create();
        await SignAsync(document => document, other);
        Assert.Contains("is not of the trusted key", await RefusedAsync());
        await File.WriteAllTextAsync(Path.Combine(_model, "gate.json"), "{}", TestContext.Current.CancellationToken);
        Assert.Contains("the gate document is not one", await RefusedAsync());
    }

    [Fact]
    public async Task A_document_replayed_for_other_files_or_another_model_is_refused()
    {
        await SignAsync(document => document);
        _folder.Write("model/model.onnx", OnnxFile.Adder(2));
        Assert.Contains("about other files", await RefusedAsync());
        await SignAsync(document => document with { Model = "another" });
        Assert.Contains("about model 'another'", await RefusedAsync());
    }

    [Fact]
    public async Task An_added_file_is_another_model()
    {
        await SignAsync(document => document);
        _folder.Write("model/more.bin", [1]);
        Assert.Contains("about other files", await RefusedAsync());
    }

    [Fact]
    public async Task A_stale_premature_or_negative_document_is_refused()
    {
        await SignAsync(document => document with { Expires = Now.AddSeconds(-1) });
        Assert.Contains("expired", await RefusedAsync());
        await SignAsync(document => document with { Created = Now.AddHours(1) });
        Assert.Contains("in the future", await RefusedAsync());
        await SignAsync(document => document with { Verdict = GateDocument.Refused });
        Assert.Contains("verdict is 'refused'", await RefusedAsync());
    }

    [Fact]
    public async Task The_server_serves_a_verified_version_and_refuses_a_forged_one_that_follows_it()
    {
        using var state = new TemporaryFolder();
        var registry = new FakeRegistry();
        foreach (var version in new[] { "1", "2" })
        {
            registry.Register("adder", version, OnnxFile.Adder(int.Parse(version, System.Globalization.CultureInfo.InvariantCulture)));
        }

        registry.Attest("adder", "1", digest => SignedGateDocument.Sign(Document(digest) with { Created = DateTimeOffset.UtcNow, Expires = DateTimeOffset.UtcNow.AddDays(1) }, _key));
        registry.SetAlias("adder", "champion", "1");
        await using var scorer = await RunningScorer.StartAsync(
            state.Path, registry, "--MLKIT:SCORER:REGISTRYMODELS", "models:/adder@champion", "--MLKIT:SCORER:REQUIREGATE", "true",
            "--MLKIT:SCORER:GATE:PUBLICKEY", Path.Combine(_folder.Path, "key.pem"));
        await scorer.ServesAsync("adder", "1");

        registry.SetAlias("adder", "champion", "2");
        await MlKit.Tests.Eventually.True(
            async () => (await scorer.Http.GetStringOrErrorAsync("/health")).Contains("version 2 failed to load: the promotion gate is not proven"),
            TimeSpan.FromSeconds(20), "the refusal is in /health");
        await scorer.ServesAsync("adder", "1");
        var error = await scorer.Http.PostAsync("/v2/repository/models/other/load", new StringContent("""{"parameters":{"config":"{}","file:1/model.onnx":""}}"""), TestContext.Current.CancellationToken);
        Assert.Contains("REQUIREGATE", await error.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_refused_document_is_logged_with_the_reason_and_the_old_version_serves_on()
    {
        using var state = new TemporaryFolder();
        using var forger = GateSigningKey.Create();
        using var logs = new LogLines();
        var registry = new FakeRegistry();
        var replayed = "";
        SignedGateDocument Sign(string digest, GateSigningKey key, string model = "adder") => SignedGateDocument.Sign(
            Document(digest) with { Model = model, Created = DateTimeOffset.UtcNow, Expires = DateTimeOffset.UtcNow.AddDays(1) }, key);
        for (var version = 1; version <= 5; version++)
        {
            registry.Register("adder", $"{version}", OnnxFile.Adder(version));
        }

        registry.Attest("adder", "1", digest => Sign(replayed = digest, _key));
        registry.Attest("adder", "2", digest => Sign(digest, forger));
        registry.Attest("adder", "3", _ => Sign(replayed, _key));
        registry.Attest("adder", "4", digest => Sign(digest, _key, "another"));
        registry.SetAlias("adder", "champion", "1");
        await using var scorer = await RunningScorer.StartAsync(
            state.Path, registry, logs, "--MLKIT:SCORER:REGISTRYMODELS", "models:/adder@champion", "--MLKIT:SCORER:REQUIREGATE", "true",
            "--MLKIT:SCORER:GATE:PUBLICKEY", Path.Combine(_folder.Path, "key.pem"));
        await scorer.ServesAsync("adder", "1");

        foreach (var (version, reason) in new[]
        {
            ("2", "is not of the trusted key"), ("3", "about other files"), ("4", "about model 'another'"), ("5", "the model has no gate.json"),
        })
        {
            registry.SetAlias("adder", "champion", version);
            await MlKit.Tests.Eventually.True(
                () => Task.FromResult(logs.All.Any(line => line.StartsWith($"Error: Model adder version {version} cannot be served: the promotion gate is not proven", StringComparison.Ordinal)
                    && line.Contains(reason) && line.EndsWith("still serving version: 1", StringComparison.Ordinal))),
                TimeSpan.FromSeconds(30), $"the refusal of version {version} is in the log");
            await scorer.ServesAsync("adder", "1");
        }

        Assert.DoesNotContain(logs.All, line => line.Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_public_key_file_belongs_to_the_key_that_the_same_secret_gives()
    {
        using var pem = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        foreach (var secret in new[] { "a-secret-that-nobody-can-guess", pem.ExportPkcs8PrivateKeyPem(), pem.ExportECPrivateKeyPem() })
        {
            var file = Path.Combine(_folder.Path, "key.pem");
            Assert.Equal(0, await GateKeyFile.WriteAsync(Secret(secret), file));
            using var key = GateSigningKey.FromSecret(secret);
            await SignAsync(document => document, key);
            Assert.True(await CheckAsync());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nbm9uZQ==\n-----END PRIVATE KEY-----")]
    public async Task A_secret_that_gives_no_key_writes_no_file(string secret)
    {
        var file = Path.Combine(_folder.Path, "none.pem");
        Assert.Equal(1, await GateKeyFile.WriteAsync(Secret(secret), file));
        Assert.False(File.Exists(file));
    }

    private static IConfiguration Secret(string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("MLKIT:GATE:SIGNINGKEY", value)]).Build();

    private async Task SignAsync(Func<GateDocument, GateDocument> change, GateSigningKey? key = null)
    {
        var digest = await ModelDigest.ComputeAsync(_model, TestContext.Current.CancellationToken);
        var signed = SignedGateDocument.Sign(change(Document(digest)), key ?? _key);
        await File.WriteAllBytesAsync(Path.Combine(_model, SignedGateDocument.FileName), signed.ToBytes(), TestContext.Current.CancellationToken);
    }

    private static GateDocument Document(string digest) => new()
    {
        Model = "adder",
        ModelDigest = digest,
        RunId = "run",
        Created = Now.AddMinutes(-1),
        Expires = Now.AddDays(1),
        Verdict = GateDocument.Passed,
        Gates = [],
    };

    private Task<bool> CheckAsync()
    {
        var options = TestModels.Options(("REQUIREGATE", "true"), ("GATE:PUBLICKEY", Path.Combine(_folder.Path, "key.pem")));
        return new GateCheck(options, new FakeTimeProvider(Now)).VerifyAsync(Version(), _model, TestContext.Current.CancellationToken);
    }

    private async Task<string> RefusedAsync()
    {
        var error = await Assert.ThrowsAsync<InferenceException>(CheckAsync);
        Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
        return error.Message;
    }

    private static RegistryVersion Version() => new("adder", "1", "one", "fake");
}
