using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace MlKit.Aspire.Vocabulary;

public sealed class CertificateTests
{
    [Fact]
    public async Task WithCertificateAuthorityCollection_gives_the_program_a_file_with_the_certificates()
    {
        using var model = Model.Run();
        using var certificate = Certificate();
        var program = model.Program().WithCertificateAuthorityCollection(Authorities(model, certificate));
        var bundle = (await program.EnvironmentAsync())["SSL_CERT_FILE"];
        Assert.Contains(certificate.ExportCertificatePem(), await File.ReadAllTextAsync(bundle, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithCertificateTrustScope_says_whether_others_are_trusted_too()
    {
        using var model = Model.Run();
        using var certificate = Certificate();
        var only = model.Program("only").WithCertificateAuthorityCollection(Authorities(model, certificate)).WithCertificateTrustScope(CertificateTrustScope.Override);
        var none = model.Program("none").WithCertificateAuthorityCollection(Authorities(model, certificate)).WithCertificateTrustScope(CertificateTrustScope.None);
        Assert.Equal(certificate.ExportCertificatePem() + "\n", await File.ReadAllTextAsync((await only.EnvironmentAsync())["SSL_CERT_FILE"], TestContext.Current.CancellationToken));
        Assert.Empty(await none.EnvironmentAsync());
    }

    [Fact]
    public async Task WithCertificateTrustConfiguration_tells_the_paths()
    {
        using var model = Model.Run();
        using var certificate = Certificate();
        var program = model.Program().WithCertificateAuthorityCollection(Authorities(model, certificate)).WithCertificateTrustConfiguration(context =>
        {
            context.EnvironmentVariables["BUNDLE"] = context.CertificateBundlePath;
            context.EnvironmentVariables["FOLDER"] = context.CertificateDirectoriesPath;
            return Task.CompletedTask;
        });
        var environment = await program.EnvironmentAsync();
        Assert.True(File.Exists(environment["BUNDLE"]));
        Assert.Single(Directory.GetFiles(environment["FOLDER"]));
    }

    [Fact]
    public async Task WithDeveloperCertificateTrust_may_be_taken_back()
    {
        using var model = Model.Run();
        Assert.Empty(await model.Program().WithDeveloperCertificateTrust(true).WithDeveloperCertificateTrust(false).EnvironmentAsync());
    }

    [Fact]
    public async Task WithHttpsCertificate_makes_Kestrel_serve_with_it()
    {
        using var model = Model.Run();
        using var certificate = Certificate();
        var password = model.Builder.AddParameter("password", "secret", secret: true);
        var environment = await model.Project().WithHttpsCertificate(certificate, password).EnvironmentAsync();
        using var loaded = X509CertificateLoader.LoadPkcs12FromFile(environment["Kestrel__Certificates__Default__Path"], environment["Kestrel__Certificates__Default__Password"]);
        Assert.Equal(certificate.Thumbprint, loaded.Thumbprint);
        Assert.Throws<ArgumentException>(() => model.Program().WithHttpsCertificate(X509CertificateLoader.LoadCertificate(certificate.RawData)));
    }

    [Fact]
    public async Task WithHttpsCertificateConfiguration_tells_the_files()
    {
        using var model = Model.Run();
        using var certificate = Certificate();
        var program = model.Program().WithHttpsCertificate(certificate).WithHttpsCertificateConfiguration(context =>
        {
            context.EnvironmentVariables["CERT"] = context.CertificatePath;
            context.EnvironmentVariables["KEY"] = context.KeyPath;
            return Task.CompletedTask;
        });
        var environment = await program.EnvironmentAsync();
        using var loaded = X509Certificate2.CreateFromPemFile(environment["CERT"], environment["KEY"]);
        Assert.Equal(certificate.Thumbprint, loaded.Thumbprint);
    }

    [Fact]
    public async Task WithoutHttpsCertificate_takes_it_back()
    {
        using var model = Model.Run();
        using var certificate = Certificate();
        Assert.DoesNotContain("Kestrel__Certificates__Default__Path", (await model.Project().WithHttpsCertificate(certificate).WithoutHttpsCertificate().EnvironmentAsync()).Keys);
    }

    [Fact]
    public async Task WithHttpsDeveloperCertificate_uses_it_or_says_how_to_make_it()
    {
        using var model = Model.Run();
        var project = model.Project().WithHttpsDeveloperCertificate();
        try
        {
            Assert.True(File.Exists((await project.EnvironmentAsync())["Kestrel__Certificates__Default__Path"]));
        }
        catch (DistributedApplicationException e)
        {
            Assert.Contains("dotnet dev-certs https", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SubscribeHttpsEndpointsUpdate_is_told_where_there_is_a_certificate()
    {
        using var model = Model.Run();
        using var certificate = Certificate();
        var told = new List<string>();
        model.Program("with").WithHttpsCertificate(certificate).SubscribeHttpsEndpointsUpdate(context => told.Add(context.Resource.Name));
        model.Program("without").SubscribeHttpsEndpointsUpdate(context => told.Add(context.Resource.Name));
        using var app = model.Builder.Build();
        await model.Builder.Eventing.PublishAsync(new BeforeStartEvent(app.Services, app.Services.GetRequiredService<DistributedApplicationModel>()), TestContext.Current.CancellationToken);
        Assert.Equal(["with"], told);
    }

    private static IResourceBuilder<CertificateAuthorityCollection> Authorities(Model model, X509Certificate2 certificate)
    {
        var authorities = new CertificateAuthorityCollection("authorities");
        authorities.Certificates.Add(certificate);
        return model.Builder.CreateResourceBuilder(authorities);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}
