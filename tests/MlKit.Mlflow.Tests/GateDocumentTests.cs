using System.Buffers.Text;
using System.Text;
using MlKit.Mlflow;

namespace MlKit.Tests;

public sealed class GateDocumentTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-gate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_signed_comes_back_after_a_round_trip_through_the_file()
    {
        using var key = GateSigningKey.Create();
        var document = Document("d1");

        var read = SignedGateDocument.Parse(SignedGateDocument.Sign(document, key).ToBytes()).Verify(key.PublicKeyPem, "d1", Now);

        Assert.Equal(document.Gates, read.Gates);
        Assert.Equal(document, read with { Gates = document.Gates });
    }

    [Fact]
    public void A_changed_payload_another_key_other_files_and_age_are_refused_each_with_its_reason()
    {
        using var key = GateSigningKey.Create();
        using var other = GateSigningKey.Create();
        var signed = SignedGateDocument.Sign(Document("d1"), key);
        var json = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(signed.Payload));
        var forged = signed with { Payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.Replace("refused", "passed", StringComparison.Ordinal))) };

        Refused(forged, key.PublicKeyPem, "d1", Now, "signature");
        Refused(signed, other.PublicKeyPem, "d1", Now, other.KeyId);
        Refused(signed, key.PublicKeyPem, "d2", Now, "other files");
        Refused(signed, key.PublicKeyPem, "d1", Now.AddDays(2), "expired");
        Refused(signed with { Payload = "=?" }, key.PublicKeyPem, "d1", Now, "base64url");
        Refused(signed, "no key", "d1", Now, "PEM");
        Assert.Throws<GateDocumentException>(() => SignedGateDocument.Parse("{}"u8));
        Assert.Throws<GateDocumentException>(() => SignedGateDocument.Parse("null"u8));
    }

    [Fact]
    public void The_key_of_a_folder_stays_the_same_and_only_its_owner_reads_it()
    {
        using var first = GateSigningKey.Open(_folder);
        using var second = GateSigningKey.Open(_folder);

        Assert.Equal(first.KeyId, second.KeyId);
        Assert.Equal(first.PublicKeyPem, File.ReadAllText(Path.Combine(_folder, GateSigningKey.PublicFileName)));
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(Path.Combine(_folder, GateSigningKey.PrivateFileName));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }
    }

    [Fact]
    public void A_broken_key_file_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, GateSigningKey.PrivateFileName), "rubbish");

        var error = Assert.Throws<GateDocumentException>(() => GateSigningKey.Open(_folder));

        Assert.Contains(GateSigningKey.PrivateFileName, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digest_is_the_same_from_memory_and_from_a_folder_and_leaves_the_gate_document_out()
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["b/two.txt"] = "2"u8.ToArray(),
            ["MLmodel"] = "x"u8.ToArray(),
            ["a.txt"] = Array.Empty<byte>(),
        };
        foreach (var (path, bytes) in files)
        {
            var file = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        }

        var digest = ModelDigest.Compute(files);
        await File.WriteAllTextAsync(Path.Combine(_folder, SignedGateDocument.FileName), "later", TestContext.Current.CancellationToken);

        Assert.Equal(digest, await ModelDigest.ComputeAsync(_folder, TestContext.Current.CancellationToken));
        files["a.txt"] = "1"u8.ToArray();
        Assert.NotEqual(digest, ModelDigest.Compute(files));
    }

    [Fact]
    public void One_secret_gives_one_key_and_another_secret_another()
    {
        using var key = GateSigningKey.FromSecret("a-secret-that-nobody-can-guess");
        using var again = GateSigningKey.FromSecret("a-secret-that-nobody-can-guess");
        using var other = GateSigningKey.FromSecret("a-secret-that-nobody-can-guesS");
        Assert.Equal(key.PublicKeyPem, again.PublicKeyPem);
        Assert.NotEqual(key.KeyId, other.KeyId);
        var signed = SignedGateDocument.Sign(Document("d"), key);
        Assert.Equal("r1", signed.Verify(again.PublicKeyPem, "d", Now).RunId);
        Refused(signed, other.PublicKeyPem, "d", Now, "is not of the trusted key");
    }

    [Fact]
    public void A_secret_that_is_short_or_a_public_key_is_refused_without_showing_it()
    {
        using var key = GateSigningKey.Create();
        foreach (var secret in new[] { "", "0123456789abcdefghijk", key.PublicKeyPem })
        {
            var error = Assert.Throws<GateDocumentException>(() => GateSigningKey.FromSecret(secret));
            Assert.True(secret.Length == 0 || !error.Message.Contains(secret, StringComparison.Ordinal), error.Message);
        }
    }

    private static void Refused(SignedGateDocument signed, string pem, string digest, DateTimeOffset now, string reason)
    {
        var error = Assert.Throws<GateDocumentException>(() => signed.Verify(pem, digest, now));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static GateDocument Document(string digest) => new()
    {
        Model = "recommender-ranker",
        ModelDigest = digest,
        RunId = "r1",
        Created = Now,
        Expires = Now.AddDays(1),
        Verdict = GateDocument.Refused,
        Gates = [new GateFinding { Name = "finite", Passed = false, Detail = "a score is NaN" }],
    };
}
